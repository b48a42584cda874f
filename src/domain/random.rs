//! Chance that is the same everywhere.

/// `SplitMix64` (Steele, Lea and Flood, «Fast Splittable Pseudorandom Number
/// Generators», OOPSLA 2014; the constants are those of Vigna's reference code).
/// Good for making things up, and for nothing that must be secret.
pub(crate) struct Random(u64);

impl Random {
    /// Starts a sequence of its own for every `place` of every `seed`.
    pub(crate) fn of(seed: u64, place: u64) -> Self {
        let mut random = Self(seed);
        Self(random.next() ^ place.wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `limit` (0 below 0): the high bits, scaled.
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        let scaled = (self.next() >> 32) * u64::from(limit);
        u32::try_from(scaled >> 32).unwrap_or_default()
    }

    /// Returns a multiple of five from `low` to `high`: people log on the fives.
    pub(crate) fn minutes(&mut self, low: u32, high: u32) -> u32 {
        low + 5 * self.below((high.saturating_sub(low)) / 5 + 1)
    }

    /// Returns whether something happens that does so in `percent` of all cases.
    pub(crate) fn happens(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// Returns one of several, if there are any.
    pub(crate) fn one_of<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        let count = u32::try_from(several.len()).unwrap_or(u32::MAX);
        several.get(self.below(count) as usize)
    }

    /// Returns one of several, each as likely as its weight says.
    pub(crate) fn weighted<'a, T>(&mut self, several: &'a [(u32, T)]) -> Option<&'a T> {
        let mut left = self.below(several.iter().map(|(weight, _)| weight).sum());
        several.iter().find_map(|(weight, one)| match left.checked_sub(*weight) {
            None => Some(one),
            Some(rest) => {
                left = rest;
                None
            }
        })
    }

    pub(crate) fn bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        for (byte, random) in
            bytes.iter_mut().zip(self.next().to_le_bytes().into_iter().chain(self.next().to_le_bytes()))
        {
            *byte = random;
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_that_of_the_reference_code() {
        let mut random = Random(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn every_choice_is_within_what_there_is() {
        let mut random = Random::of(7, 7);
        assert!((0..1_000).all(|_| random.below(3) < 3));
        assert!((0..1_000).map(|_| random.minutes(10, 30)).all(|m| (10..=30).contains(&m) && m % 5 == 0));
        assert_eq!(random.one_of::<u8>(&[]), None);
        assert_eq!(random.weighted(&[(0, 'a'), (1, 'b')]), Some(&'b'));
    }
}
