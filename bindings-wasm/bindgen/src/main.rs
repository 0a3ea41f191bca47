//! `holdoff-bindgen IN.wasm OUT_DIR`: the module without its custom sections, the glue and types beside it, and
//! `texts.ts`, the words of the causes.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use holdoff::Cause;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(module), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: holdoff-bindgen IN.wasm OUT_DIR");
        return ExitCode::FAILURE;
    };
    match write(&module, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(module: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .typescript(true)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.web(true)?.generate(out).map_err(|error| format!("{error:?}"))?;
    std::fs::write(out.join("texts.ts"), texts())?;
    Ok(())
}

/// One text, since one string is read faster than an object: a line for each cause.
fn texts() -> String {
    let lines: Vec<String> =
        Cause::ALL.iter().map(|cause| format!("{cause}\t{}\t{}", cause.meaning(), cause.fix())).collect();
    let text = lines.join("\n").replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
    format!("// Generated from the catalogue of causes.\nexport default `{text}`;\n")
}
