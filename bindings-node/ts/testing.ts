export * from "@holdoff/wasm/testing";
