//! A budget.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| taizhang::fuzzing::budget(bytes));
