//! The public list of problems, and finding one by the words people use for it (S0.11).
//!
//! Somebody in trouble does not know our words: they write «اميل», «كود», "mot de passe oublié", in
//! whatever language the page is not in. So each problem has the words of its seekers in all
//! languages (`messages`, area `search`), and both sides are folded as names are: without harakat,
//! accents, articles and capitals.

use miftah_messages::{Text, Texts};
use miftah_rules::name_key::word_stems;
use miftah_rules::view::ProblemsView;
use miftah_rules::{Lang, Problem};

use crate::query::Query;

/// Characters of a search that are looked at.
const LONGEST: usize = 100;
/// Problems shown for one search; more is no answer.
const MOST: usize = 6;

/// The page.
pub fn show(lang: Lang, query: &Query) -> ProblemsView {
    let typed: String = query
        .word("q")
        .unwrap_or_default()
        .chars()
        .take(LONGEST)
        .collect();
    let typed = miftah_rules::text::tidy(&typed);
    let found = (!typed.is_empty()).then(|| search(lang, &typed));
    ProblemsView { typed, found }
}

/// The problems that `typed` is about, the likeliest first.
pub fn search(lang: Lang, typed: &str) -> Vec<Problem> {
    if let Some(problem) = Problem::from_code(typed.trim()) {
        return vec![problem];
    }
    let sought = word_stems(typed);
    let mut found: Vec<(usize, Problem)> = Problem::ALL
        .iter()
        .filter_map(|problem| Some((score(lang, *problem, &sought)?, *problem)))
        .collect();
    // Stable: equal ones stay in the order of their codes.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = found.first().map_or(0, |(score, _)| *score);
    found
        .into_iter()
        .filter(|(score, _)| score * 2 > best)
        .map(|(_, problem)| problem)
        .take(MOST)
        .collect()
}

/// How much a problem has to do with the words; `None` when less than half of them are in it.
fn score(lang: Lang, problem: Problem, sought: &[String]) -> Option<usize> {
    let code = problem.code();
    let seekers: Vec<String> = Lang::ALL
        .into_iter()
        .filter_map(|lang| Texts::new(lang).search_words(code))
        .flat_map(|words| stems(&words))
        .collect();
    let words = Texts::new(lang).problem(code)?;
    let title = stems(&words.title);
    let mut total = 0;
    let mut hits = 0;
    for word in sought {
        let worth = if has(&seekers, word) {
            3
        } else if has(&title, word) {
            2
        } else {
            0
        };
        total += worth;
        hits += usize::from(worth > 0);
    }
    (hits > 0 && hits * 2 >= sought.len()).then_some(total)
}

fn stems(text: &Text) -> Vec<String> {
    word_stems(&text.bare())
}

/// A word counts from its beginning on: «حسابي» is «حساب».
fn has(words: &[String], sought: &str) -> bool {
    words.iter().any(|word| {
        let (short, long) = if word.len() < sought.len() {
            (word.as_str(), sought)
        } else {
            (sought, word.as_str())
        };
        word == sought || (short.chars().count() >= 3 && long.starts_with(short))
    })
}

#[cfg(test)]
mod tests {
    use super::search;
    use miftah_rules::Lang;

    fn first(lang: Lang, typed: &str) -> Vec<&'static str> {
        search(lang, typed)
            .iter()
            .map(|problem| problem.code())
            .collect()
    }

    #[test]
    fn the_words_people_use_find_their_problem() {
        let wanted = [
            ("اميل", "E108"),
            ("إيميل", "E108"),
            ("الإيميل مستعمل", "E103"),
            ("كود", "E303"),
            ("رقم مسار", "E101"),
            ("نسيت كلمة السر", "E201"),
            ("كلمه السر نسيتها", "E201"),
            ("لم أتوصل بالكود", "E304"),
            ("mot de passe oublié", "E201"),
            ("MDP OUBLIE", "E201"),
            ("code massar incorrect", "E101"),
            ("forgot my password", "E201"),
            ("الحساب مجمد", "E205"),
            ("زر Next لا يعمل", "E901"),
            ("e204x", ""),
            ("E303", "E303"),
        ];
        for (typed, code) in wanted {
            for lang in Lang::ALL {
                let found = first(lang, typed);
                if code.is_empty() {
                    assert!(found.is_empty(), "{typed}: {found:?}");
                } else {
                    assert!(found.contains(&code), "{typed} ({lang:?}): {found:?}");
                }
            }
        }
        assert!(first(Lang::Ar, "نسيت كلمة السر")[0] == "E201");
        assert!(first(Lang::Fr, "").is_empty());
        assert!(first(Lang::Ar, "!!!").is_empty());
    }
}
