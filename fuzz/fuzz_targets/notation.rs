//! See `tiltmeter_fuzz::notation`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiltmeter_fuzz::notation::holds(bytes));
