//! See `tiltmeter_fuzz::line`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiltmeter_fuzz::line::holds(bytes));
