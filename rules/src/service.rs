//! Services as data (procedures.md, "Service definition"): one strict TOML file a service, in the
//! institution's `services/`. What stands here is what the catalogue shows (S3.6, S4.4).

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::profile::{Institution, Mistake, Trilingual};

/// `services/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Of the file's form: 1.
    pub schema: u32,
    /// Name of the file and in the address; small Latin letters, digits and dashes.
    pub id: String,
    /// Rises when what is asked changes.
    pub version: u32,
    pub status: ServiceStatus,
    /// One of the profile's categories.
    pub category: String,
    pub title: Trilingual,
    pub summary: Trilingual,
    /// Working days within which the office answers.
    #[serde(default)]
    pub sla_days: Option<u32>,
    /// What one should have at hand.
    #[serde(default)]
    pub before: Vec<Need>,
    /// Where it is announced.
    #[serde(default)]
    pub circular: Option<Circular>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    pub text: Trilingual,
}

/// The paper that announces a service or says its conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circular {
    pub number: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Name of a PDF in the institution's `services/`.
    #[serde(default)]
    pub file: Option<String>,
}

/// Whether a service is seen, and whether it can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceStatus {
    /// Nobody sees it.
    Hidden,
    /// Seen, and not there yet.
    Announced,
    /// It was there.
    Closed,
}

/// A part of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: String,
    pub title: Trilingual,
}

impl Service {
    /// What is wrong in it, in the order of the file. `stem` is the file's name without its ending.
    pub fn mistakes(&self, stem: &str, institution: &Institution) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        let mut ask = |holds: bool, path: &str, what: &str| {
            if !holds {
                mistakes.push(Mistake {
                    path: path.to_owned(),
                    what: what.to_owned(),
                });
            }
        };
        ask(
            self.schema == 1,
            "schema",
            "is no form that is known: write 1",
        );
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        ask(
            self.id == stem && !stem.is_empty() && stem.chars().all(plain),
            "id",
            "is not the name of the file, in small Latin letters, digits and '-'",
        );
        ask(self.version > 0, "version", "is 0: versions begin with 1");
        ask(
            institution
                .catalogue
                .iter()
                .any(|category| category.id == self.category),
            "category",
            "is none of the profile's: add it to [[catalogue]] in institution.toml",
        );
        for (path, text) in [("title", &self.title), ("summary", &self.summary)] {
            ask(
                is_said(text),
                path,
                "is empty in a language: write the text",
            );
        }
        ask(
            self.sla_days.is_none_or(|days| (1..=365).contains(&days)),
            "sla_days",
            "is no time that an office takes: write 1 to 365 working days",
        );
        for (at, need) in self.before.iter().enumerate() {
            ask(
                is_said(&need.text),
                &format!("before.{at}"),
                "is empty in a language: write the text",
            );
        }
        if let Some(circular) = &self.circular {
            ask(
                !circular.number.trim().is_empty(),
                "circular.number",
                "is empty: write it as it stands on the paper",
            );
            ask(
                Date::parse(&circular.date).is_ok_and(|date| date.to_string() == circular.date),
                "circular.date",
                "is no date: write it like \"2026-09-01\"",
            );
        }
        mistakes
    }

    /// Whether anybody sees it.
    pub fn is_seen(&self) -> bool {
        self.status != ServiceStatus::Hidden
    }
}

fn is_said(text: &Trilingual) -> bool {
    [&text.ar, &text.fr, &text.en]
        .iter()
        .all(|words| !words.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Category, Service, ServiceStatus};
    use crate::profile::{Institution, Trilingual};

    fn institution() -> Institution {
        let text = include_str!("../../institutions/fsjes/institution.toml");
        let mut institution: Institution = toml::from_str(text).unwrap();
        institution.catalogue = vec![Category {
            id: "social".into(),
            title: Trilingual::default(),
        }];
        institution
    }

    const SOUND: &str = r#"
        schema = 1
        id = "social-benefit"
        version = 1
        status = "announced"
        category = "social"
        title = { ar = "منحة", fr = "Aide", en = "Benefit" }
        summary = { ar = "منحة", fr = "Aide", en = "Benefit" }
        [circular]
        number = "3/2026"
        date = "2026-10-05"
    "#;

    #[test]
    fn each_mistake_of_a_service_is_named_by_its_place() {
        let sound: Service = toml::from_str(SOUND).unwrap();
        assert_eq!(sound.status, ServiceStatus::Announced);
        assert_eq!(sound.mistakes("social-benefit", &institution()), []);
        let wrong = |change: fn(&mut Service), path: &str| {
            let mut service = sound.clone();
            change(&mut service);
            let met = service.mistakes("social-benefit", &institution());
            let met: Vec<_> = met.iter().map(|mistake| mistake.path.as_str()).collect();
            assert_eq!(met, [path]);
        };
        wrong(|s| s.schema = 2, "schema");
        wrong(|s| s.id = "other".into(), "id");
        wrong(|s| s.version = 0, "version");
        wrong(|s| s.category = "sport".into(), "category");
        wrong(|s| s.title.fr.clear(), "title");
        wrong(|s| s.sla_days = Some(0), "sla_days");
        wrong(
            |s| s.circular.as_mut().unwrap().date = "5 October".into(),
            "circular.date",
        );
        wrong(
            |s| s.circular.as_mut().unwrap().number = " ".into(),
            "circular.number",
        );
        // Nothing that is not understood is passed over.
        assert!(toml::from_str::<Service>(&format!("open = true\n{SOUND}")).is_err());
        assert!(toml::from_str::<Service>(&SOUND.replace("announced", "open")).is_err());
    }
}
