//! Last step: the password is chosen after the proof, the account opens and the person is in.

use miftah_rules::ActKind;
use miftah_rules::email::Email;
use miftah_rules::form::{Posted, read_optional};
use miftah_rules::password::OwnData;
use miftah_rules::view::{News, RegisterStep};
use miftah_rules::{Field, Lang, Place, Problem};
use serde_json::json;

use super::{Register, contact, declared, stand, who};
use crate::act::Subject;
use crate::bearer::Bearer;
use crate::fault::{Fallible, Fault};
use crate::id::AccountId;
use crate::journey::Journey;
use crate::letter::{Address, Body, Change};
use crate::model::{Account, Holder, Person};
use crate::portal::Portal;
use crate::ports::Secret;
use crate::session::Stay;
use crate::store::{Conflict, Write};
use crate::visitor::{Outcome, Visitor};

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    person: &Person,
    posted: &Posted,
) -> Fallible<Outcome> {
    let password = match portal.read_new_password(posted, &own_data(portal, &journey.state, person))
    {
        Ok(password) => password,
        Err(problems) => {
            journey.problems = problems;
            return stand(portal, journey, vec![]).await;
        }
    };
    choose(portal, visitor, journey, person, &password).await
}

/// A password that may be chosen: the account opens.
pub(super) async fn choose(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    person: &Person,
    password: &Secret,
) -> Fallible<Outcome> {
    let Some(email) = proved(&journey.state) else {
        journey.state.step = RegisterStep::Contact;
        journey.problems = vec![Problem::JourneyOver.alone()];
        return stand(portal, journey, vec![]).await;
    };
    // The roll, or another browser, may have changed something since the first step.
    let opened = portal.store.account_by_person(&person.id).await?;
    if let Some(problem) = who::refusal(portal, person, opened.as_ref()) {
        journey.state.step = RegisterStep::Who;
        journey.problems = vec![problem];
        return stand(portal, journey, vec![]).await;
    }
    let phc = portal.hasher.hash(password).await?;
    let account = account(portal, visitor, &journey.state, person, &email, phc);
    if portal.institution.is_open() {
        let person = Person {
            number: declared::number(portal).await?,
            ..person.clone()
        };
        let added = Write::AddPerson(person.clone());
        return open(portal, visitor, journey, &person, account, Some(added)).await;
    }
    open(portal, visitor, journey, person, account, None).await
}

/// The address whose code was typed: only this one becomes the account's.
fn proved(state: &Register) -> Option<Email> {
    Email::parse(&state.proof.as_ref()?.to.to).ok()
}

/// What the password must not contain, for the browser to look for and for us to judge by. The
/// address on the record is not among it: whoever registers may be somebody else with the person's
/// numbers, and must not learn it here, not even by trying.
pub(super) fn own_data(portal: &Portal, state: &Register, person: &Person) -> OwnData {
    let emails: Vec<&str> = proof_address(state).into_iter().collect();
    let bearer = Bearer::from(person.clone());
    portal.own_data(&bearer, &emails, phone(portal, state).as_deref())
}

/// The address that was proved, as typed.
pub(super) fn proof_address(state: &Register) -> Option<&str> {
    state.proof.as_ref().map(|proof| proof.to.to.as_str())
}

fn phone(portal: &Portal, state: &Register) -> Option<String> {
    let brief = portal.institution.brief(Lang::default());
    // It was readable when the code was sent; a profile changed since then loses it.
    read_optional(&state.form(), Field::Phone, &brief)
        .ok()
        .flatten()
}

fn account(
    portal: &Portal,
    visitor: &Visitor,
    state: &Register,
    person: &Person,
    email: &Email,
    phc: String,
) -> Account {
    let account = Account::opened(
        AccountId::new(portal.clock.as_ref(), portal.random.as_ref()),
        Holder::Person(person.id.clone()),
        email,
        phc,
        visitor.lang,
        match portal.institution.sign_in.shows_terms {
            true => "",
            false => &portal.institution.terms.version,
        },
        portal.clock.now(),
    );
    // Home offers to confirm it.
    Account {
        phone: phone(portal, state),
        ..account
    }
}

/// Account, session, end of the journey, history and letters, and, where accounts are open, whose it
/// is: all of it or nothing.
async fn open(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    person: &Person,
    account: Account,
    added: Option<Write>,
) -> Fallible<Outcome> {
    let (session, cookie) = portal.open_session(visitor, &account, Stay::Visit);
    journey.state.opened = Some(account.id.clone());
    let mut writes = vec![journey.end(portal)?, Write::AddSession(session)];
    writes.extend(added);
    let subject = Subject::account(&account.id);
    let opened = json!({ "device": visitor.device });
    let terms = json!({ "version": account.terms_version });
    writes.push(portal.act(&subject, ActKind::AccountOpened, &opened));
    if !account.terms_version.is_empty() {
        writes.push(portal.act(&subject, ActKind::TermsAccepted, &terms));
    }
    writes.extend(letters(portal, visitor, &account, person)?);
    // What was counted while this person registered must not keep a word from them as the owner.
    writes.push(Write::OpenAccount(account));

    match portal.store.commit(writes).await.map_err(Fault::from) {
        Ok(()) => {
            let news = format!("news={}", News::AccountOpened.name());
            Ok(Outcome::see(Place::Home)
                .with_query(news)
                .with_session(cookie))
        }
        Err(Fault::Conflict(conflict)) => {
            journey.state.opened = None;
            come_second(portal, journey, conflict).await
        }
        Err(fault) => Err(fault),
    }
}

/// Somebody else's write came first: another tab, another browser, the same address.
async fn come_second(
    portal: &Portal,
    journey: &mut Journey<Register>,
    conflict: Conflict,
) -> Fallible<Outcome> {
    match conflict {
        Conflict::PersonHasAccount => {
            journey.state.step = RegisterStep::Who;
            journey.problems = vec![Problem::AccountExists.alone()];
            stand(portal, journey, vec![]).await
        }
        // The page stays neutral; the mailbox, which is this person's too, is told (S0.6).
        Conflict::EmailTaken => {
            let told = match proved(&journey.state) {
                Some(email) => contact::tell_owner(portal, &email).await?,
                None => vec![],
            };
            journey.state.step = RegisterStep::Contact;
            journey.problems = vec![Problem::JourneyOver.alone()];
            stand(portal, journey, told).await
        }
        Conflict::JourneyMoved
        | Conflict::AccountMoved
        | Conflict::ComplaintMoved
        | Conflict::ReferenceTaken
        | Conflict::AssistedOpen
        | Conflict::RecordMoved
        | Conflict::NumberTaken
        | Conflict::HeldBack => Ok(Outcome::see(Place::Register).with_query(journey.query())),
    }
}

/// A word to the account's own address, and to each other one on the record (norm 1): one letter
/// an address.
fn letters(
    portal: &Portal,
    visitor: &Visitor,
    account: &Account,
    person: &Person,
) -> Fallible<Vec<Write>> {
    let (name, at) = (
        person.first_name(account.lang).to_owned(),
        portal.clock.now(),
    );
    let (id, device) = (account.id.clone(), visitor.device.clone());
    let own = Address::email(&account.email);
    let welcome = Body::Notice {
        change: Change::Opened,
        name: name.clone(),
        account: id.clone(),
        at,
        device: device.clone(),
        about: Some(own.clone()),
    };
    let told = Body::RecordTold {
        name,
        account: id,
        at,
        device,
    };
    let other_email = person.email.as_ref().filter(|on_roll| {
        Email::parse(on_roll).map_or(true, |on_roll| on_roll.key() != account.email_key)
    });
    // A phone on the record is told even when the same one was typed: typing proves nothing.
    let others = other_email
        .map(Address::email)
        .into_iter()
        .chain(person.phone.as_ref().map(Address::phone));
    let mut letters = vec![portal.letter(&own, account.lang, &welcome)?];
    for other in others {
        letters.push(portal.letter(&other, account.lang, &told)?);
    }
    Ok(letters)
}
