//! A workbook of expenses, part by part.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| taizhang::fuzzing::workbook(bytes));
