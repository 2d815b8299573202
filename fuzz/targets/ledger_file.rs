//! A whole ledger.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| taizhang::fuzzing::ledger_file(bytes));
