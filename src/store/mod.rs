//! Bytes in, domain out, and the one append. Every file is reached through [`files::Files`], so every
//! failure can be played in tests. This room words nothing and knows no report.

pub(crate) mod ailment;
pub(crate) mod append;
pub(crate) mod behind;
pub(crate) mod budget_file;
pub(crate) mod budget_tables;
pub(crate) mod budget_values;
pub(crate) mod chain;
pub(crate) mod checkup;
pub(crate) mod copies;
pub(crate) mod decisions_file;
pub(crate) mod diagnosis;
pub(crate) mod disk;
pub(crate) mod expense_table;
pub(crate) mod files;
pub(crate) mod form_file;
pub(crate) mod grid;
pub(crate) mod head;
pub(crate) mod ledger_file;
pub(crate) mod likeness;
pub(crate) mod line;
pub(crate) mod line_end;
pub(crate) mod lines;
pub(crate) mod lock;
pub(crate) mod machine;
pub(crate) mod pass;
pub(crate) mod repair;
pub(crate) mod restoring;
pub(crate) mod sealing;
pub(crate) mod seen;
pub(crate) mod source;
pub(crate) mod spool;
pub(crate) mod statement_file;
pub(crate) mod statement_profile;
pub(crate) mod thorough;
pub(crate) mod whole;
