//! Shares in per cent: `35`, `35 %`, `mon 20 thu 50`.

use chrono::Weekday;

use super::error::{NotUnderstood, What};
use crate::domain::Share;

/// A target as it was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// The same every day.
    Every(Share),
    /// Of some days, Monday first; the others stay as they are.
    Some([Option<Share>; 7]),
    /// What one usually has.
    Usual,
    /// None of one's own: the guess again.
    Guess,
}

impl Target {
    /// Returns the target of each day, where it was `before`, and that is `usual`; `None` where
    /// it should be the usual one, and that is not known.
    pub fn over(self, before: [Share; 7], usual: Option<Share>) -> Option<[Share; 7]> {
        match self {
            Self::Every(share) => Some([share; 7]),
            Self::Guess => Some([Share::GUESS; 7]),
            Self::Usual => usual.map(|share| [share; 7]),
            Self::Some(days) => {
                let mut targets = before;
                for (target, said) in targets.iter_mut().zip(days) {
                    *target = said.unwrap_or(*target);
                }
                Some(targets)
            }
        }
    }
}

/// Reads a share: `70`, `70%`, `70 %`, `12.5`.
pub fn share(typed: &str) -> Result<Share, NotUnderstood> {
    read(typed).ok_or_else(|| NotUnderstood::not(What::Share, typed))
}

/// Reads a target: a share for every day, `usual`, `none`, or days with theirs: `mon 20 thu 50`, and
/// one before them for the others: `30 mon 20`.
pub fn target(typed: &str) -> Result<Target, NotUnderstood> {
    match typed.trim().to_lowercase().as_str() {
        "usual" => return Ok(Target::Usual),
        "none" | "guess" => return Ok(Target::Guess),
        _ => {}
    }
    let by_days = || {
        let spaced = typed.replace(['=', ',', ':', '%'], " ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        // One number before them is for all other days.
        let (others, pairs) = match words.split_first() {
            Some((first, rest)) if words.len() % 2 == 1 => (Some(read(first)?), rest),
            _ => (None, words.as_slice()),
        };
        let mut days = [others; 7];
        for pair in pairs.chunks(2) {
            let [day, share] = pair else { return None };
            let day = day.parse::<Weekday>().ok()?.num_days_from_monday();
            *days.get_mut(usize::try_from(day).ok()?)? = Some(read(share)?);
        }
        (!words.is_empty()).then_some(Target::Some(days))
    };
    let every = read(typed).map(Target::Every);
    every.or_else(by_days).ok_or_else(|| NotUnderstood::not(What::Target, typed))
}

fn read(typed: &str) -> Option<Share> {
    let typed = typed.trim();
    let number = typed.strip_suffix('%').unwrap_or(typed).trim_end();
    let plain = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    // 0.3 is meant for 30 % more often than for less than one.
    let is_plausible = |number: &f64| plain && !(0.0 < *number && *number < 1.0);
    number.parse().ok().filter(is_plausible).and_then(Share::percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_number_or_days_with_numbers() {
        let share = |points: f64| Share::percent(points).unwrap();
        for typed in ["35", "35%", "35 %", " 35.0 "] {
            assert_eq!(target(typed), Ok(Target::Every(share(35.0))), "{typed}");
        }
        let mut days = [None; 7];
        (days[0], days[3]) = (Some(share(20.0)), Some(share(50.0)));
        for typed in ["mon 20 thu 50", "Mon=20, Thursday: 50%", "thu 50 mon 20 %"] {
            assert_eq!(target(typed), Ok(Target::Some(days)), "{typed}");
        }
        let all = [20.0, 30.0, 30.0, 50.0, 30.0, 30.0, 30.0].map(|points| Some(share(points)));
        assert_eq!(target("30, Mon 20, Thu 50"), Ok(Target::Some(all)));
        let over = Target::Some(days).over([share(30.0); 7], None).unwrap();
        assert_eq!(over.map(Share::shown), [20, 30, 30, 50, 30, 30, 30]);
        assert_eq!(target("usual").unwrap().over(over, None), None);
        for typed in ["", "mon", "130", "-3", "mon 20 50", "NaN", "inf", "1e1", "lots", "0.3"] {
            assert!(target(typed).is_err(), "{typed}");
        }
    }
}
