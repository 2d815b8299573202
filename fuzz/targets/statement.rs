//! A bank's statement.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| taizhang::fuzzing::statement(bytes));
