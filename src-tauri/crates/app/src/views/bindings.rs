//! The TypeScript of the views, generated. One list: a type missing here fails to compile in the window.

use ts_rs::TS;

macro_rules! declarations {
    ($($view:ty),* $(,)?) => {{
        let config = ts_rs::Config::default();
        [$(format!("export {}\n", <$view as TS>::decl(&config))),*].concat()
    }};
}

/// The whole text of `ui/src/backend/bindings.ts`.
fn bindings() -> String {
    #[allow(clippy::wildcard_imports, reason = "all of them, that is the point")]
    use super::*;
    let declarations = declarations![
        ErrorView,
        CallFilter,
        PartyFilter,
        PartyMatch,
        PartyRole,
        DurationFilter,
        DurationOf,
        Comparison,
        SortColumn,
        CallSort,
        CallQuery,
        CallState,
        PartyView,
        CallRow,
        CallPage,
        CallDetail,
        LegView,
        SegmentView,
        TransferView,
        EvidenceLine,
        FieldSpan,
        OutcomeCode,
        OutcomeCodeEntry,
        NoteView,
        TagView,
        ClosedView,
        CodeGiven,
        Contact,
        ContactPage,
        ContactImport,
        RejectedContact,
        ExtensionEntry,
        SavedView,
        RingBackState,
        RingBackView,
        RingBackRow,
        RingBackDecided,
        RingBackDecisionView,
        RingBackSettings,
        PeopleView,
        ExtensionRow,
        CallTotals,
        ExportKind,
        ExportWish,
        ExportColumn,
        MetricKind,
        Metric,
        HalfHour,
        PersonRow,
        TodayView,
        LedgerView,
        SourceKind,
        Light,
        LineStateCode,
        Parity,
        Flow,
        SerialSettings,
        SpeedAdvice,
        LineState,
        Counters,
        SourceView,
        Overview,
        NewSerialSource,
        PortAdvice,
        PortView,
        LineVerdict,
        MonitorLine,
        MonitorPage,
        RejectedLine,
        RejectedPage,
        Changed,
        FormatView,
        ColumnChoice,
        Answer,
        ImportOptions,
        ImportFile,
        Choice,
        ColumnView,
        RowVerdict,
        PreviewRow,
        AnswerChoice,
        QuestionView,
        ImportPreview,
        ImportSummary,
        JobPhase,
        JobView,
        BatchState,
        BatchView,
        RejectedRow,
        RejectedRows,
        CorrectedRow,
        MappingView,
        WatchedFolder,
        ExtensionRule,
        RewriteRule,
        DialRules,
        TraceStep,
        NumberTrace,
        NumberChange,
        RulesPreview,
    ];
    format!(
        "// Generated from src-tauri/crates/app/src/views by `./dev bindings`; do not edit.\n\n{declarations}"
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn bindings_are_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/backend/bindings.ts");
        let fresh = super::bindings();
        if std::env::var_os("RINGLEDGER_WRITE_BINDINGS").is_some() {
            std::fs::write(path, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(committed == fresh, "ui/src/backend/bindings.ts is stale: run ./dev bindings and commit it");
    }
}
