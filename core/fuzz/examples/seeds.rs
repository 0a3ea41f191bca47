//! Writes the vectors as inputs, one directory for each target: `seeds DIRECTORY`.

#[path = "../../tests/fuzz/requests.rs"]
#[allow(dead_code, reason = "seeds are made of the vectors alone")]
mod requests;
#[path = "../../tests/fuzz/seeds.rs"]
mod seeds;

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::args_os().nth(1).ok_or_else(|| io::Error::other("name the directory to write to"))?);
    for seed in seeds::all() {
        let directory = root.join(seed.target);
        fs::create_dir_all(&directory)?;
        fs::write(directory.join(&seed.name), &seed.input)?;
    }
    Ok(())
}
