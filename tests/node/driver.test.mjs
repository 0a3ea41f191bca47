import { runDriverSuite } from "./driver.suite.mjs";
import { engines } from "./engines.mjs";

for (const { name, engine } of await engines()) runDriverSuite(name, engine);
