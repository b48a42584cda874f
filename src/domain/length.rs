//! How lengths of time are written and rounded: counted in seconds, rounded only when
//! shown, and so that what is shown adds up.

use std::cmp::Reverse;

use chrono::TimeDelta;

use super::ratio::Tally;

/// Returns a length as `2h10`, to the minute below.
pub fn length(time: TimeDelta) -> String {
    let minutes = time.num_minutes();
    let sign = if minutes < 0 { "-" } else { "" };
    format!("{sign}{}h{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Returns the length of something that still runs, as `0:24`.
pub fn running(time: TimeDelta) -> String {
    let minutes = time.num_minutes().max(0);
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Shares `pieces` out over `times` in proportion, whole ones only: each time gets the
/// pieces of length `unit` that it fills, and what is missing to `pieces` goes to the
/// largest remainders (Hamilton's method), earlier ones first where they are equal.
///
/// The result adds up to `pieces` wherever that is the number of units in the sum of
/// the times, rounded up or down.
pub fn share_out(times: &[TimeDelta], unit: TimeDelta, pieces: usize) -> Vec<usize> {
    let unit = unit.num_seconds().max(1);
    let seconds = |time: &TimeDelta| time.num_seconds().max(0);
    let mut shares: Vec<usize> =
        times.iter().map(|time| usize::try_from(seconds(time) / unit).unwrap_or_default()).collect();
    let missing = pieces.saturating_sub(shares.iter().sum());
    let mut by_remainder: Vec<_> = shares.iter_mut().zip(times).collect();
    by_remainder.sort_by_key(|(_, time)| Reverse(seconds(time) % unit));
    for (share, _) in by_remainder.into_iter().take(missing) {
        *share += 1;
    }
    shares
}

/// Rounds lengths to whole minutes so that they add up to `sum`, which is theirs
/// rounded up or down to a minute. The order stays.
pub fn minutes_that_add_up_to(sum: TimeDelta, times: &[TimeDelta]) -> Vec<TimeDelta> {
    let pieces = usize::try_from(sum.num_minutes()).unwrap_or_default();
    let minutes = share_out(times, TimeDelta::minutes(1), pieces);
    minutes.into_iter().map(|minutes| TimeDelta::minutes(i64::try_from(minutes).unwrap_or(i64::MAX / 60_000))).collect()
}

/// Rounds lengths to whole minutes so that they add up to their rounded-down sum: by
/// largest remainder. The order stays.
pub fn minutes_that_add_up(times: &[TimeDelta]) -> Vec<TimeDelta> {
    minutes_that_add_up_to(times.iter().sum(), times)
}

/// Returns a tally rounded for showing: its parts add up to its whole.
pub fn shown(tally: &Tally) -> Tally {
    match minutes_that_add_up(&[tally.creating, tally.shaping, tally.consuming]).as_slice() {
        &[creating, shaping, consuming] => Tally { creating, shaping, consuming },
        _ => *tally,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_shown_adds_up() {
        let parts = [TimeDelta::seconds(90), TimeDelta::seconds(100), TimeDelta::seconds(110)];
        let shown = minutes_that_add_up(&parts);
        assert_eq!(shown.iter().sum::<TimeDelta>(), TimeDelta::minutes(5));
        assert_eq!(shown[2], TimeDelta::minutes(2), "the largest remainder is rounded up");
    }

    proptest! {
        #[test]
        fn pieces_are_shared_out_to_the_last_and_nobody_is_a_whole_one_off(
            seconds in prop::collection::vec(0_i64..100_000, 0..9), unit in 1_i64..4_000, up in any::<bool>(),
        ) {
            let times: Vec<_> = seconds.iter().map(|&seconds| TimeDelta::seconds(seconds)).collect();
            let sum: i64 = seconds.iter().sum();
            let pieces = usize::try_from(if up { (sum + unit - 1) / unit } else { sum / unit }).unwrap();
            let shares = share_out(&times, TimeDelta::seconds(unit), pieces);
            prop_assert_eq!(shares.iter().sum::<usize>(), pieces);
            for (share, seconds) in shares.iter().zip(&seconds) {
                let share = i64::try_from(*share).unwrap() * unit;
                prop_assert!((share - seconds).abs() < unit);
            }
        }
    }
}
