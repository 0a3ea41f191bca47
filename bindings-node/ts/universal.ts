/** Everything, on the wasm engine: for bundlers, browsers and edge runtimes, and for Node without addons. */
export * from "@holdoff/wasm";
