//! See `tiltmeter_fuzz::text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiltmeter_fuzz::text::holds(bytes));
