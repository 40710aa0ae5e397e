//! The shell: builds the window and turns its commands into calls of `app`.

mod bridge;
mod commands;
mod desk;
mod shell;

use desk::Desk;
use tauri::{AppHandle, Manager, RunEvent, WindowEvent};
use tauri_plugin_window_state::StateFlags;

/// Opens the window and returns when it is closed.
pub fn run() -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("RINGLEDGER_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    #[cfg(target_os = "linux")]
    shell::linux_env::prepare();
    tauri::Builder::default()
        // First, so that a second start ends before anything else has begun.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| bring_to_front(app)))
        .plugin(tauri_plugin_window_state::Builder::default().with_state_flags(remembered()).build())
        .setup(|app| {
            app.manage(Desk::new(app.handle().clone()));
            // Starts hidden, so that it does not jump when its place is restored.
            if let Some(window) = app.get_webview_window("main") {
                window.show()?;
            }
            Ok(())
        })
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!())?
        .run(|handle, event| {
            match event {
                RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. }
                    if handle.state::<Desk>().is_busy() =>
                {
                    api.prevent_close();
                    shell::closing::when_done(handle);
                }
                // Managed state is never dropped (tauri #14420), so the ledger is closed here.
                RunEvent::Exit => handle.state::<Desk>().close(),
                _ => {}
            }
        });
    Ok(())
}

/// Not whether the window is seen: one that was closed during work ends hidden, and must not begin so.
fn remembered() -> StateFlags {
    StateFlags::all() - StateFlags::VISIBLE
}

fn bring_to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // Each of these may be refused by the desktop; none of them is worth an error to the person.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}
