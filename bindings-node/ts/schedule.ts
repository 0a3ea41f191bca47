export * from "@holdoff/wasm/schedule";
