/** Everything, on the wasm engine: for bundlers, browsers, edge runtimes and Deno. */
export * from "@holdoff/wasm";
