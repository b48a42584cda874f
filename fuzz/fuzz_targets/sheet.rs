//! See `tiltmeter_fuzz::sheet`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiltmeter_fuzz::sheet::holds(bytes));
