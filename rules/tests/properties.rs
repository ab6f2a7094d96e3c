//! What holds for any text at all: reading twice changes nothing, nothing panics, and a mask shows no
//! more than it says.
#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod arbitrary {
    use miftah_rules::date::Date;
    use miftah_rules::email::Email;
    use miftah_rules::identifier::NationalId;
    use miftah_rules::name_key::name_key;
    use miftah_rules::password::{self, OwnData, PasswordRule, Strength};
    use miftah_rules::pattern::Pattern;
    use miftah_rules::phone::Phone;
    use miftah_rules::profile::{NationalIdKind, PasswordProfile, PhoneProfile};
    use miftah_rules::text;
    use proptest::prelude::*;

    fn morocco() -> PhoneProfile {
        PhoneProfile {
            country_code: "212".to_owned(),
            trunk: "0".to_owned(),
            mobile_prefixes: vec!["6".to_owned(), "7".to_owned()],
            length: 9,
            example: "06 12 34 56 78".to_owned(),
        }
    }

    /// Any text, with the letters, marks and signs that matter here more often than chance has them.
    fn typed() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[ 0-9٠-٩۰-۹a-zA-Zأ-ي\u{064B}-\u{0655}\u{200E}\u{200F}\u{202A}\u{00A0}ـ@.+/'’،-]{0,40}",
            "[\u{0000}-\u{024F}\u{0300}-\u{0370}\u{0600}-\u{06FF}\u{1E00}-\u{1FFF}\u{FB50}-\u{FEFF}]{0,20}",
        ]
    }

    fn pattern() -> impl Strategy<Value = Pattern> {
        const SOURCES: &[&str] = &[
            "L DDDDDDDDD",
            "L{1,2} N D{0,6} <=8",
            "D{10} | L D{9}",
            "A{6,12}",
            "D{1,6}/DDDD",
            "L{0,2} A{1,3} 'X' D{2,4} <=9 | - D",
        ];
        proptest::sample::select(SOURCES).prop_map(|source| Pattern::parse(source).unwrap())
    }

    proptest! {
        #[test]
        fn tidy_is_idempotent_and_never_grows(raw in typed()) {
            let tidy = text::tidy(&raw);
            prop_assert_eq!(&text::tidy(&tidy), &tidy);
            prop_assert!(tidy.chars().count() <= raw.chars().count());
            prop_assert!(!tidy.chars().any(text::is_invisible));
            prop_assert!(!tidy.contains("  "));
        }

        #[test]
        fn patterns_of_any_text_are_read_or_refused(source in "[LDNA0-9{},|<='/ x]{0,30}") {
            if let Ok(pattern) = Pattern::parse(&source) {
                let example = pattern.example();
                prop_assert_eq!(pattern.normalise(&example), Ok(example.clone()), "{}", source);
                prop_assert!(example.len() <= pattern.longest());
                prop_assert!(example.len() >= pattern.shortest());
            }
        }

        #[test]
        fn numbers_read_twice_stay_the_same(pattern in pattern(), raw in typed()) {
            if let Ok(number) = pattern.normalise(&raw) {
                prop_assert_eq!(pattern.normalise(&number), Ok(number.clone()));
                prop_assert!(number.len() <= pattern.longest());
                let stored = NationalId::from_stored(NationalIdKind::Cin, number);
                prop_assert!(stored.is_ok());
            }
        }

        #[test]
        fn numbers_fit_however_they_are_typed(
            pattern in pattern().prop_filter("holds no sign of the noise", |pattern| {
                !pattern.source().contains('-')
            }),
            noise in "[ \u{00A0}\u{200F}\u{2066}\u{2069}ـ_-]{1,3}",
            zero in prop_oneof![Just(0x0660_u32), Just(0x06F0), Just(0x0030)],
        ) {
            let number = pattern.example();
            let typed: String = number.chars().flat_map(|c| {
                let digit = c.to_digit(10).and_then(|digit| char::from_u32(zero + digit));
                let typed = digit.unwrap_or(c.to_ascii_lowercase());
                noise.chars().chain([typed])
            }).collect();
            prop_assert_eq!(pattern.normalise(&typed), Ok(number));
        }

        #[test]
        fn an_identifier_mask_shows_three_characters_at_most(number in "[A-Z0-9]{1,20}") {
            let id = NationalId::from_stored(NationalIdKind::Passport, number.clone()).unwrap();
            let mask = id.mask();
            prop_assert!(mask.chars().filter(|c| *c != '•').count() <= 3);
            prop_assert_eq!(mask.chars().count(), number.len());
        }

        #[test]
        fn dates_are_read_or_refused(raw in typed()) {
            if let Ok(date) = Date::parse(&raw) {
                prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
            }
        }

        #[test]
        fn every_day_survives_every_way_to_write_it(days in -25_567_i64..=84_005) {
            let date = Date::from_days(days).unwrap();
            prop_assert_eq!(date.to_days(), days);
            let (year, month, day) = (date.year(), date.month(), date.day());
            for typed in [
                format!("{day}/{month}/{year}"),
                format!("{day:02}{month:02}{year}"),
                format!("{year}{month:02}{day:02}"),
                date.to_string(),
            ] {
                prop_assert_eq!(Date::parse(&typed), Ok(date), "{}", typed);
            }
            if let Some(next) = Date::from_days(days + 1) {
                prop_assert!(date < next);
            }
        }

        #[test]
        fn phones_are_read_or_refused(raw in typed()) {
            if let Ok(phone) = Phone::parse(&raw, &morocco()) {
                prop_assert_eq!(Phone::parse(phone.as_str(), &morocco()), Ok(phone));
            }
        }

        #[test]
        fn a_phone_mask_shows_code_first_digit_and_last_two(national in "[67][0-9]{8}") {
            let phone = Phone::parse(&national, &morocco()).unwrap();
            let mask = phone.mask();
            let shown: String = mask.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(&shown, &format!("212{}{}", &national[..1], &national[7..]));
            prop_assert_eq!(phone.spaced().replace(' ', ""), phone.as_str());
        }

        #[test]
        fn stored_phones_show_without_panic(digits in "[1-9][0-9]{7,14}") {
            let phone = Phone::try_from(format!("+{digits}")).unwrap();
            prop_assert_eq!(phone.spaced().replace(' ', ""), phone.as_str());
            prop_assert_eq!(phone.mask().chars().count(), phone.spaced().chars().count());
            prop_assert!(phone.mask().contains('•'));
        }

        #[test]
        fn addresses_read_twice_stay_the_same(raw in typed()) {
            if let Ok(email) = Email::parse(&raw) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
                prop_assert_eq!(Email::parse(&email.key()).map(|e| e.key()), Ok(email.key()));
            }
        }

        #[test]
        fn an_address_mask_shows_two_letters_and_the_last_label(
            local in "[a-z][a-z0-9]{1,9}(\\.[a-z0-9]{1,9})?",
            host in "[a-z][a-z0-9]{0,20}",
            last in "[a-z]{2,6}",
        ) {
            let email = Email::parse(&format!("{local}@{host}.{last}")).unwrap();
            let first = |part: &str| if part.len() > 1 { part[..1].to_owned() } else { String::new() };
            let mask = format!("{}•••@{}•••.{last}", first(&local), first(&host));
            prop_assert_eq!(email.mask(), mask);
            // A suggestion is another address that can be read, with the same local part.
            if let Some(meant) = email.suggestion(&["fsjes.example"]) {
                prop_assert_eq!(meant.local(), email.local());
                prop_assert_ne!(meant.domain(), email.domain());
                prop_assert_eq!(meant.suggestion(&["fsjes.example"]), None);
            }
        }

        #[test]
        fn name_keys_are_idempotent(raw in typed()) {
            let key = name_key(&raw);
            prop_assert_eq!(&name_key(key.as_str()), &key);
            prop_assert!(key.words().all(|word| !word.is_empty()));
        }

        #[test]
        fn name_keys_ignore_case_marks_and_spacing(name in "[A-Za-zé]{2,8}( [A-Za-zç]{2,8}){0,2}") {
            let key = name_key(&name);
            prop_assert_eq!(&name_key(&name.to_uppercase()), &key);
            prop_assert_eq!(&name_key(&name.replace(' ', " - ")), &key);
            prop_assert_eq!(name_key(&format!("\u{200F} {name}\u{00A0}")), key);
        }

        #[test]
        fn any_password_is_judged(password in typed(), name in typed()) {
            let mut own = OwnData::default();
            own.add_name(&name);
            own.add_number(&name);
            let profile = PasswordProfile { min_length: 8, required_kinds: vec![], own_words: vec![], refuses_programme: false };
            let failing = password::failing(&password, &profile, &own, |_| false);
            let length = password::length(&password);
            prop_assert_eq!(failing.contains(&PasswordRule::TooShort), length < 8);
            prop_assert_eq!(failing.contains(&PasswordRule::TooLong), length > 128);
            let meter = password::measure(&password, &failing);
            prop_assert_eq!(meter.missing, 15_usize.saturating_sub(length));
            prop_assert!(failing.is_empty() || meter.strength <= Strength::Weak);
            prop_assert!(length >= 15 || meter.strength < Strength::Strong);
        }

        #[test]
        fn a_name_inside_a_password_is_found(
            name in "[a-zé]{4,10}|[ء-غف-ي]{5,10}",
            before in "[0-9!?#]{0,4}",
            after in "[0-9!?#]{4,8}",
        ) {
            let mut own = OwnData::default();
            own.add_name(&name);
            let profile = PasswordProfile { min_length: 8, required_kinds: vec![], own_words: vec![], refuses_programme: false };
            let password = format!("{before}{}{after}", name.to_uppercase());
            let failing = password::failing(&password, &profile, &own, |_| false);
            prop_assert!(failing.iter().any(|rule| matches!(rule, PasswordRule::ContainsOwn(_))));
        }

        #[test]
        fn own_data_travels(name in typed()) {
            let mut own = OwnData::default();
            own.add_name(&name);
            let json = serde_json::to_string(&own).unwrap();
            prop_assert_eq!(serde_json::from_str::<OwnData>(&json).unwrap(), own);
        }
    }
}
