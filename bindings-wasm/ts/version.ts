/** The version of the driver: that of the engine it is released with. */
export const VERSION = "0.1.0";
