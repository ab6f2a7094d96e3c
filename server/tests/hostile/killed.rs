//! The program is killed in the middle of registrations and recoveries, again and again: every step that
//! was acknowledged is there afterwards, and an account is there whole or not at all.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::machine::{Answer, Machine, stop};
use crate::person::{Student, pause, sign_in, students};

/// How often, unless `MIFTAH_KILLS` says otherwise (`cargo xtask test --full`: 100).
const KILLS: usize = 8;
/// People who are at it at the same time.
const AT_ONCE: usize = 3;
/// The steps of both journeys, in their order; after the last one somebody is signed in.
const STEPS: [&str; 4] = ["who", "contact", "code", "password"];
const CODE: usize = 2;

/// One journey of one person.
#[derive(Clone, Debug)]
struct Walk {
    student: Student,
    email: String,
    /// What it ends with.
    password: String,
    /// A recovery: what the account had before.
    before: Option<String>,
    /// Letters with a code that went to this address before this journey's.
    old: usize,
    /// The step that the last acknowledged answer showed; `STEPS.len()` when it is done.
    at: usize,
    location: String,
    cookies: Vec<String>,
}

/// What is known for certain: accounts and their passwords.
#[derive(Default)]
struct Known {
    open: Vec<(Student, String, String)>,
    /// Of this life of the program.
    fresh: Vec<(Student, String, String)>,
    /// Under way when the program was killed.
    left: Vec<Walk>,
}

impl Walk {
    fn register(student: Student, n: usize) -> Self {
        let email = format!("killed{n}@mail.example");
        Self::new(student, email, format!("seven grey herons {n}"), None)
    }

    fn recover((student, email, password): (Student, String, String), n: usize) -> Self {
        Self::new(
            student,
            email,
            format!("eight green frogs {n}"),
            Some(password),
        )
    }

    fn new(student: Student, email: String, password: String, before: Option<String>) -> Self {
        Self {
            student,
            email,
            password,
            at: 0,
            location: match before {
                None => "/ar/register".to_owned(),
                Some(_) => "/ar/recover".to_owned(),
            },
            before,
            old: 0,
            cookies: vec![],
        }
    }

    fn form(&mut self, machine: &Machine) -> std::io::Result<String> {
        if self.at == 0 {
            self.old = self.codes(machine)?.len();
        }
        let Student {
            number,
            document,
            born,
        } = &self.student;
        let (email, password) = (&self.email, &self.password);
        Ok(match (self.at, &self.before) {
            (0, None) => {
                format!("step=who&student_number={number}&national_id={document}&birth_date={born}")
            }
            (0, Some(_)) => format!("step=find&action=handle&handle={email}"),
            (1, _) => format!("step=contact&email={email}&terms=yes"),
            (CODE, _) => format!("step=code&code={}", self.code(machine)?),
            _ => format!("step=password&password={password}&password_again={password}"),
        })
    }

    /// The codes that went to this address, the last one first.
    fn codes(&self, machine: &Machine) -> std::io::Result<Vec<String>> {
        machine.try_ask("POST /dev/deliver", &[], "")?;
        let letters = machine.try_ask("GET /dev/outbox.json", &[], "")?.json();
        let letters = letters.as_array().expect("letters").iter();
        let own = letters.filter(|letter| letter["to"] == self.email.as_str());
        let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
        let found = own.filter_map(|letter| {
            let mut words = letter["text"]
                .as_str()?
                .split(|c: char| !c.is_alphanumeric());
            words.find(is_code).map(str::to_owned)
        });
        Ok(found.collect())
    }

    /// The code of this journey.
    fn code(&self, machine: &Machine) -> std::io::Result<String> {
        for _ in 0..20 {
            let codes = self.codes(machine)?;
            if codes.len() > self.old
                && let Some(code) = codes.into_iter().next()
            {
                return Ok(code);
            }
            pause(Duration::from_millis(20));
        }
        // A worker that was killed had it: another takes it after five minutes.
        Err(std::io::ErrorKind::NotFound.into())
    }

    /// Takes one step. An error is no answer; then it may have been taken or not.
    fn step(&mut self, machine: &Machine) -> std::io::Result<()> {
        let form = self.form(machine)?;
        let answer = machine.try_ask(&format!("POST {}", self.location), &self.cookies, &form)?;
        assert!(answer.status < 400, "{} {form}", answer.status);
        let was = self.at;
        self.take(&answer);
        assert!(
            self.at > was,
            "{:?} after {form}: {}",
            self.location,
            answer.json()
        );
        Ok(())
    }

    /// Notes what an answer shows.
    fn take(&mut self, answer: &Answer) {
        for pair in &answer.cookies {
            let name = pair.split_once('=').map_or("", |(name, _)| name);
            self.cookies
                .retain(|old| !old.starts_with(&format!("{name}=")));
            self.cookies.push(pair.clone());
        }
        let json = answer.json();
        if let Some(location) = json["location"].as_str() {
            self.location = location.to_owned();
        }
        let page = &json["view"]["page"];
        let step = page["register"]["step"]
            .as_str()
            .or(page["recover"]["step"].as_str());
        let shown = step.and_then(|step| STEPS.iter().position(|known| *known == step));
        self.at = match shown {
            Some(shown) => shown,
            None if page["home"]["signed_in"].is_object() => STEPS.len(),
            None => 0,
        };
    }

    fn is_done(&self) -> bool {
        self.at == STEPS.len()
    }
}

/// Until the program is gone: one journey after the other.
fn people(
    machine: &Machine,
    known: &Mutex<Known>,
    next: &dyn Fn() -> Option<Walk>,
    killed: &AtomicBool,
) {
    while !killed.load(Ordering::SeqCst) {
        let Some(mut walk) = next() else { return };
        while !walk.is_done() {
            if walk.step(machine).is_err() {
                known.lock().unwrap().left.push(walk);
                return;
            }
        }
        let account = (walk.student, walk.email, walk.password);
        known.lock().unwrap().fresh.push(account);
    }
}

fn are_there(machine: &Machine, accounts: &[(Student, String, String)]) {
    for (student, email, password) in accounts {
        assert!(
            sign_in(machine, email, password).is_ok(),
            "{student:?} {email}"
        );
    }
}

/// Everything acknowledged is there, and what was left goes on from there.
fn look(machine: &Machine, known: &mut Known) {
    are_there(machine, &known.fresh);
    known.open.append(&mut known.fresh);
    for mut walk in std::mem::take(&mut known.left) {
        let (was, old) = (walk.at, walk.before.clone());
        let account = |walk: &Walk| {
            (
                walk.student.clone(),
                walk.email.clone(),
                walk.password.clone(),
            )
        };
        // The last step may have been taken without a word.
        if was == STEPS.len() - 1 && sign_in(machine, &walk.email, &walk.password).is_ok() {
            known.open.push(account(&walk));
            continue;
        }
        if was > 0 {
            let answer = machine.get(&walk.location, &walk.cookies);
            walk.take(&answer);
            assert!(walk.at >= was, "{was} was acknowledged: {}", answer.json());
        }
        let ended = loop {
            if walk.is_done() {
                break true;
            }
            if walk.at == 0 || walk.step(machine).is_err() {
                break false;
            }
        };
        match (ended, old) {
            (true, _) => known.open.push(account(&walk)),
            // Nothing came of it: the account is as it was.
            (false, Some(old)) => known.open.push((walk.student, walk.email, old)),
            (false, None) => {
                assert!(sign_in(machine, &walk.email, &walk.password).is_err());
            }
        }
    }
}

#[test]
fn killed_again_and_again_it_forgets_nothing_that_it_has_acknowledged() {
    let kills = std::env::var("MIFTAH_KILLS").ok();
    let kills = kills.and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let machine = Machine::new("killed");
    let waiting = Mutex::new(students(2000));
    let known = Mutex::new(Known::default());
    let numbers = Mutex::new(0_usize);
    for kill in 0..kills {
        let (mut running, _) = machine.start();
        look(&machine, &mut known.lock().unwrap());
        let next = || {
            let mut number = numbers.lock().unwrap();
            *number += 1;
            let mut known = known.lock().unwrap();
            // Every third one recovers what another has opened, and all once the roll is used up.
            let mut waiting = waiting.lock().unwrap();
            let recovers = number.is_multiple_of(3) || waiting.is_empty();
            if recovers && !known.open.is_empty() {
                let account = known.open.remove(0);
                return Some(Walk::recover(account, *number));
            }
            let student = waiting.pop();
            student.map(|student| Walk::register(student, *number))
        };
        let killed = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| people(&machine, &known, &next, &killed));
            }
            // Another moment each time, the same in each run.
            let moment = 150 + (kill as u64 * 2_654_435_761) % 450;
            pause(Duration::from_millis(moment));
            running.child.kill().expect("it is killed");
            running.child.wait().expect("it ends");
            killed.store(true, Ordering::SeqCst);
        });
    }
    let (running, _) = machine.start();
    let mut known = known.into_inner().unwrap();
    look(&machine, &mut known);
    are_there(&machine, &known.open);
    println!("{kills} kills, {} accounts", known.open.len());
    assert!(
        known.open.len() >= kills,
        "people got through: {}",
        known.open.len()
    );
    assert!(stop(running));
    machine.remove();
}
