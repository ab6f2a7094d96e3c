//! What somebody gives to be found: the roll's number, and data that have to match its record. All of
//! it or nobody: which one is wrong is never told, and costs the same (norm 2).

use miftah_rules::email::Email;
use miftah_rules::form::{read, read_handle};
use miftah_rules::profile::{Asked, Institution};
use miftah_rules::view::Typed;
use miftah_rules::{Field, Lang, Problem, ProblemAt};
use subtle::{Choice, ConstantTimeEq};

use crate::fault::Fallible;
use crate::id::PersonId;
use crate::model::{Account, Person};
use crate::portal::Portal;

/// One of the data, normalised; empty where it was left out and may be.
struct Datum {
    field: Field,
    value: String,
    /// Statuses of whom it is asked; everybody where there are none.
    of: Vec<String>,
}

/// What was given.
pub(crate) struct Given {
    /// The roll's number, or a handle where there is no roll.
    number: String,
    rest: Vec<Datum>,
}

impl Given {
    /// Reads what finds a person in registration and recovery.
    ///
    /// # Errors
    /// One problem for each field that cannot be read or is missing.
    pub(crate) fn read(institution: &Institution, typed: &Typed) -> Result<Self, Vec<ProblemAt>> {
        Self::of(institution, typed, &institution.registration.asks)
    }

    /// Reads what finds a person who has no address any more: what documents say.
    ///
    /// # Errors
    /// As [`Given::read`].
    pub(crate) fn without_address(
        institution: &Institution,
        typed: &Typed,
    ) -> Result<Self, Vec<ProblemAt>> {
        let key = institution.key_field();
        let documents = [Field::NationalId, Field::BirthDate];
        let asks: Vec<_> = std::iter::once(key)
            .chain(documents.into_iter().filter(|field| *field != key))
            .map(|field| Asked { field, of: vec![] })
            .collect();
        Self::of(institution, typed, &asks)
    }

    fn of(
        institution: &Institution,
        typed: &Typed,
        asks: &[Asked],
    ) -> Result<Self, Vec<ProblemAt>> {
        // Reading does not depend on the language; labels do.
        let brief = institution.brief(Lang::default());
        let mut problems = Vec::new();
        let mut data = asks.iter().map(|asked| {
            let raw = typed.get(&asked.field).map_or("", String::as_str);
            let value = match read(asked.field, raw, &brief) {
                Ok(value) => value,
                Err(Problem::Missing) if !asked.of.is_empty() => String::new(),
                Err(problem) => {
                    problems.push(problem.at(asked.field));
                    String::new()
                }
            };
            Datum {
                field: asked.field,
                value,
                of: asked.of.clone(),
            }
        });
        // Profiles are checked: the number comes first.
        let number = data.next().map_or_else(String::new, |datum| datum.value);
        let rest = data.collect();
        if problems.is_empty() {
            Ok(Self { number, rest })
        } else {
            Err(problems)
        }
    }

    /// The number, under which tries are counted.
    pub(crate) fn number(&self) -> &str {
        &self.number
    }

    /// Whether all of it is this person's. Takes the same time whichever is not.
    fn is_of(&self, person: &Person) -> bool {
        let all = self.rest.iter().fold(Choice::from(1), |all, datum| {
            let asked = datum.of.is_empty() || datum.of.contains(&person.status);
            let same = key(datum.field, &datum.value)
                .as_bytes()
                .ct_eq(key(datum.field, &person.value(datum.field)).as_bytes());
            // What the roll does not know proves nothing.
            let known = Choice::from(u8::from(!datum.value.is_empty()));
            all & ((same & known) | Choice::from(u8::from(!asked)))
        });
        all.into()
    }
}

/// What is compared: two ways to write one address are one.
fn key(field: Field, value: &str) -> String {
    match (field, Email::parse(value)) {
        (Field::Email, Ok(email)) => email.key(),
        _ => value.to_owned(),
    }
}

impl Portal {
    /// The person whose data these are, with their account, if they have one.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn locate(
        &self,
        given: &Given,
    ) -> Fallible<Option<(Person, Option<Account>)>> {
        let (person, account) = match self.institution.is_open() {
            true => self.by_handle(given).await?,
            false => self.by_number(given).await?,
        };
        Ok(person
            .filter(|person| given.is_of(person))
            .map(|person| (person, account)))
    }

    async fn by_number(&self, given: &Given) -> Fallible<(Option<Person>, Option<Account>)> {
        let person = self.store.person_by_number(given.number()).await?;
        let nobody = PersonId(String::new());
        let id = person.as_ref().map_or(&nobody, |person| &person.id);
        let account = self.store.account_by_person(id).await?;
        Ok((person, account))
    }

    /// As many look-ups whether somebody has the handle or not.
    async fn by_handle(&self, given: &Given) -> Fallible<(Option<Person>, Option<Account>)> {
        let handle = read_handle(given.number(), &self.institution);
        let account = self.account_of(&handle).await?;
        let nobody = PersonId(String::new());
        let id = account.as_ref().and_then(|account| account.holder.person());
        let person = self.store.person(id.unwrap_or(&nobody)).await?;
        Ok((person, account))
    }
}
