//! A day or a moment.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| taizhang::fuzzing::date(bytes));
