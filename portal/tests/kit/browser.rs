//! A browser: cookies, the page it stands on, forms that are posted and redirects that are
//! followed.

use miftah_portal::fault::Fault;
use miftah_portal::pages::{self, Acted, Shown};
use miftah_portal::query::Query;
use miftah_portal::visitor::{Arrival, Outcome, SessionCookie, Visitor};
use miftah_rules::form::Posted;
use miftah_rules::view::{
    AccountView, ActivateView, ComplainView, ContactView, FollowView, HomeView, LoginView,
    NotMeView, OwnDataView, Page, PasswordView, RecoverView, RegisterView, SecurityView,
    SessionsView, StaffView,
};
use miftah_rules::{Lang, Place, ProblemAt};

use super::Kit;

/// One person's browser. Clone it for a second tab: cookies are then shared as they are now.
#[derive(Clone, Debug)]
pub struct Browser<'k> {
    kit: &'k Kit,
    pub lang: Lang,
    pub network: String,
    /// The browser's secret.
    pub secret: Option<String>,
    /// The session's token.
    pub session: Option<String>,
    /// Turns at "I am not a robot".
    pub robot: Option<String>,
    pub place: Place,
    pub query: String,
}

impl<'k> Browser<'k> {
    pub fn new(kit: &'k Kit) -> Self {
        Self {
            kit,
            lang: Lang::Ar,
            network: "192.0.2.1".into(),
            secret: None,
            session: None,
            robot: None,
            place: Place::Home,
            query: String::new(),
        }
    }

    /// The journey in the address bar.
    pub fn journey(&self) -> String {
        Query::new(&self.query)
            .journey()
            .unwrap_or_default()
            .to_owned()
    }

    /// Opens a page and follows where it leads.
    pub async fn open(&mut self, place: Place, query: &str) -> Page {
        self.place = place;
        self.query = query.to_owned();
        for _ in 0..3 {
            let visitor = self
                .kit
                .portal
                .receive(self.arrival())
                .await
                .expect("a visitor");
            let query = Query::new(&self.query);
            let shown = pages::show(&self.kit.portal, &visitor, &self.place, &query).await;
            match shown.expect("a page") {
                Shown::Page(page) => return *page,
                Shown::Elsewhere(outcome) => self.take(&outcome),
                Shown::Missing => panic!("there is no page at {:?}", self.place),
            }
        }
        panic!("{:?} leads in circles", self.place);
    }

    /// What a GET answers, wherever the browser stands.
    pub async fn look(&self, place: &Place, query: &str) -> Shown {
        let (visitor, query) = (self.visitor().await, Query::new(query));
        let shown = pages::show(&self.kit.portal, &visitor, place, &query).await;
        shown.expect("an answer")
    }

    /// What a POST answers, wherever the browser stands.
    pub async fn knock(&self, place: &Place, query: &str, fields: &[(&str, &str)]) -> Acted {
        let (visitor, query) = (self.visitor().await, Query::new(query));
        let pairs = fields
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        let posted = Posted::new(pairs.collect());
        let acted = pages::act(&self.kit.portal, &visitor, place, &query, &posted).await;
        acted.expect("an answer")
    }

    /// Who it is, as the portal takes it.
    pub async fn visitor(&self) -> Visitor {
        let visitor = self.kit.portal.receive(self.arrival()).await;
        visitor.expect("a visitor")
    }

    /// Signs in with [`super::PASSWORD`].
    pub async fn sign_in(&mut self, handle: &str) -> Page {
        self.open(Place::Login, "").await;
        let fields = [("handle", handle), ("password", super::PASSWORD)];
        self.submit(&fields).await
    }

    /// Loads the page it stands on again.
    pub async fn reload(&mut self) -> Page {
        let (place, query) = (self.place.clone(), self.query.clone());
        self.open(place, &query).await
    }

    /// Posts a form to the page it stands on and shows what follows.
    pub async fn submit(&mut self, fields: &[(&str, &str)]) -> Page {
        let outcome = self.post(fields).await.expect("the post is answered");
        self.take(&outcome);
        self.reload().await
    }

    /// Posts a form to the page it stands on without looking at the answer: a click whose answer
    /// is still on its way.
    ///
    /// # Errors
    /// The verb's.
    pub async fn post(&self, fields: &[(&str, &str)]) -> Result<Outcome, Fault> {
        self.click(fields).await
    }

    /// The same as something of its own: for clicks in the same moment, each on its thread.
    pub fn click(
        &self,
        fields: &[(&str, &str)],
    ) -> impl Future<Output = Result<Outcome, Fault>> + Send + 'static {
        let pairs = fields
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect();
        self.send(Posted::new(pairs))
    }

    /// The same for a form that holds more than fields: files.
    pub fn send(
        &self,
        posted: Posted,
    ) -> impl Future<Output = Result<Outcome, Fault>> + Send + 'static {
        let (portal, arrival) = (self.kit.portal.clone(), self.arrival());
        let (place, query) = (self.place.clone(), self.query.clone());
        async move {
            let visitor = portal.receive(arrival).await?;
            let query = Query::new(&query);
            match pages::act(&portal, &visitor, &place, &query, &posted).await? {
                Acted::Done(outcome) => Ok(*outcome),
                Acted::Missing => panic!("{place:?} takes no posts"),
            }
        }
    }

    /// Takes the cookies of an answer and goes where it leads.
    pub fn take(&mut self, outcome: &Outcome) {
        match &outcome.session {
            SessionCookie::Keep => {}
            SessionCookie::Set { token, .. } => self.session = Some(token.clone()),
            SessionCookie::Clear => self.session = None,
        }
        if let Some(secret) = &outcome.browser {
            self.secret = Some(secret.clone()).filter(|secret| !secret.is_empty());
        }
        self.lang = outcome.lang.unwrap_or(self.lang);
        self.place = outcome.place.clone();
        self.query = outcome.query.clone();
    }

    fn arrival(&self) -> Arrival {
        Arrival {
            lang: self.lang,
            browser: self.secret.clone(),
            session: self.session.clone(),
            robot: self.robot.clone(),
            network: self.network.clone(),
            device: "Firefox · Android".into(),
        }
    }
}

macro_rules! pages {
    ($($name:ident => $variant:ident($view:ty),)*) => {$(
        /// The view of this page.
        pub fn $name(page: Page) -> $view {
            match page {
                Page::$variant(view) => view,
                other => panic!("another page: {other:?}"),
            }
        }
    )*};
}

pages! {
    home => Home(HomeView),
    login => Login(LoginView),
    register => Register(RegisterView),
    activate => Activate(ActivateView),
    recover => Recover(RecoverView),
    account => Account(AccountView),
    own_data => OwnData(OwnDataView),
    contact => Contact(ContactView),
    password => Password(PasswordView),
    security => Security(SecurityView),
    sessions => Sessions(SessionsView),
    not_me_page => NotMe(NotMeView),
    complain => Complain(ComplainView),
    follow => Follow(FollowView),
    staff => Staff(StaffView),
}

/// The codes of problems, in order.
pub fn codes(problems: &[ProblemAt]) -> Vec<&'static str> {
    problems.iter().map(|met| met.problem.code()).collect()
}
