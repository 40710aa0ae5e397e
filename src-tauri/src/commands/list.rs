// The window's own commands, named once. The builder registers them (commands/mod.rs) and build.rs tells
// Tauri to guard them: a command in this list can be called only by a window whose capability grants it.
macro_rules! own_commands {
    ($use:ident) => {
        $use![
            calls::overview,
            calls::today,
            calls::list_calls,
            calls::call_detail,
            sources::list_ports,
            sources::list_formats,
            sources::add_serial_source,
            sources::change_serial_source,
            sources::set_source_paused,
            sources::remove_source,
            sources::restore_source,
            sources::line_monitor,
            sources::rejected_lines,
            ledger::open_sample,
            ledger::close_sample,
            ledger::read_file,
            ledger::back_up,
        ]
    };
}
