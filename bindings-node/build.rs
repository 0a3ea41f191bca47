//! Tells the linker about Node's symbols.

fn main() {
    napi_build::setup();
}
