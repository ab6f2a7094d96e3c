//! Who holds an account: somebody on the roll, or a member of staff. What letters, passwords and
//! pages need to know of either.

use miftah_rules::Lang;
use miftah_rules::password::OwnData;

use crate::fault::{Fallible, Fault};
use crate::id::AccountId;
use crate::letter::Address;
use crate::model::{Account, Holder, Officer, Person};
use crate::portal::Portal;
use crate::store::Store;

/// The holder of an account, with what is known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one of them a request, moved a few times"
)]
pub enum Bearer {
    Person(Person),
    Officer(Officer),
}

impl Bearer {
    /// How letters and pages address them.
    pub fn name(&self, lang: Lang) -> &str {
        match self {
            Self::Person(person) => person.first_name(lang),
            Self::Officer(officer) => &officer.name,
        }
    }

    pub fn full_name(&self, lang: Lang) -> String {
        match self {
            Self::Person(person) => person.full_name(lang),
            Self::Officer(officer) => officer.name.clone(),
        }
    }

    /// Where the institution knew them before they had an account.
    pub(crate) fn addresses_on_record(&self) -> Vec<Address> {
        match self {
            Self::Person(person) => {
                let email = person.email.iter().map(Address::email);
                email
                    .chain(person.phone.iter().map(Address::phone))
                    .collect()
            }
            Self::Officer(_) => vec![],
        }
    }

    /// The key of what may be done once a day for this holder, whoever asks.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Person(person) => person.id.as_str(),
            Self::Officer(officer) => officer.id.as_str(),
        }
    }

    /// What a password of theirs must not contain: names, numbers, birth date.
    pub(crate) fn own_data(&self) -> OwnData {
        let mut own = OwnData::default();
        match self {
            Self::Person(person) => {
                for name in [
                    &person.first_name_ar,
                    &person.last_name_ar,
                    &person.first_name_latin,
                    &person.last_name_latin,
                ] {
                    own.add_name(name);
                }
                own.add_number(&person.number);
                own.add_number(&person.national_id);
                if let Some(number) = &person.pension_number {
                    own.add_number(number);
                }
                if let Ok(date) = miftah_rules::date::Date::parse(&person.birth_date) {
                    own.add_birth_date(date);
                }
            }
            Self::Officer(officer) => own.add_name(&officer.name),
        }
        own
    }
}

impl From<Person> for Bearer {
    fn from(person: Person) -> Self {
        Self::Person(person)
    }
}

/// The holder of an account.
///
/// # Errors
/// Store failures; an account always has its holder, whose row is never deleted.
pub(crate) async fn bearer(store: &dyn Store, account: &Account) -> Fallible<Bearer> {
    let bearer = find(store, &account.holder).await?;
    bearer.ok_or_else(|| Fault::Broken("an account without its holder".into()))
}

async fn find(store: &dyn Store, holder: &Holder) -> Fallible<Option<Bearer>> {
    Ok(match holder {
        Holder::Person(id) => store.person(id).await?.map(Bearer::Person),
        Holder::Officer(id) => store.officer(id).await?.map(Bearer::Officer),
    })
}

impl Portal {
    /// What is known of a holder, or of nobody at the same cost.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn bearer_of(&self, holder: &Holder) -> Fallible<Option<Bearer>> {
        find(self.store.as_ref(), holder).await
    }

    /// An account and whose it is.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn account_and_bearer(
        &self,
        id: &AccountId,
    ) -> Fallible<Option<(Account, Bearer)>> {
        let Some(account) = self.store.account(id).await? else {
            return Ok(None);
        };
        let bearer = bearer(self.store.as_ref(), &account).await?;
        Ok(Some((account, bearer)))
    }
}
