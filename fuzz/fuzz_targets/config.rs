//! See `tiltmeter_fuzz::config`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiltmeter_fuzz::config::holds(bytes));
