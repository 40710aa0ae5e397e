//! Tells Tauri which commands are ours. Without this list every window may call every command
//! (<https://v2.tauri.app/security/capabilities/>); with it, only what `capabilities/` grants.

include!("src/commands/list.rs");

macro_rules! names {
    ($($module:ident :: $command:ident),* $(,)?) => { &[$(stringify!($command)),*] };
}

const COMMANDS: &[&str] = own_commands!(names);

fn main() {
    // The page is embedded in the program; Tauri itself does not notice that it was built anew.
    println!("cargo:rerun-if-changed=../ui/dist");
    println!("cargo:rerun-if-changed=src/commands/list.rs");
    tauri_build::try_build(
        tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS)),
    )
    .unwrap_or_else(|error| {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    });
}
