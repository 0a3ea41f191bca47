/** The bytes of `validate.wasm`, once more: a file that nothing imports statically, so that bundlers keep it apart. */
declare const bytes: string;
export default bytes;
