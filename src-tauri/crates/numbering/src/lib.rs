//! Telephone numbers: the dial rules of a site, and from a number to its class and country.
//!
//! A printed number is read in these steps, always in this order. `Plan::trace` shows those that did something.
//!
//! | step | what happens |
//! |---|---|
//! | `clean` | spaces, names, SIP addresses, extensions of others and end keys are taken off; `anonymous` and `????` are hidden; `0861????` goes on with four digits hidden |
//! | `rewrite` | the changes of the site, all that apply, in their order |
//! | `outside-line` | the digit for an outside line, if somebody dialled the number, and if what remains is a number |
//! | `short-number` | the site's own, then emergencies, then services of the country, then codes with * and # |
//! | `extension` | what has the shape of the site's extensions |
//! | `international-prefix` | `+`, or the prefix of the site or of its country: 00, 011 |
//! | `trunk-prefix` | the 0 before a national number |
//! | `area-code` | a number without either is of the own area, if there is such a number |
//! | `lookup` | the numbering plan of the country tells what kind of number it is |
//!
//! Callers and called are read by the same steps; only the outside line is for dialled numbers alone. Nothing is
//! guessed from a length: 0876153281 is an Irish mobile in Ireland because 0 is the trunk prefix there and
//! 876153281 is in the range of mobiles, and `+353876153281` is the one spelling under which it is found again.
//!
//! ```
//! use numbering::{NumberClass, Plan, Side, SiteRules};
//!
//! let mut rules = SiteRules::for_country("IE");
//! rules.area_code = Some("1".to_owned());
//! rules.outside_line = vec!["9".to_owned()];
//! let plan = Plan::new(&rules)?;
//!
//! let dialled = plan.number("90876153281", Side::Dialled);
//! assert_eq!(dialled.class, NumberClass::Mobile);
//! assert_eq!(dialled.country.map(|country| country.name()), Some("Ireland"));
//! assert_eq!(dialled.shown, "087 615 3281");
//! assert_eq!(dialled.normal, plan.number("+353 87 615 3281", Side::Caller).normal);
//!
//! let rules: Vec<&str> = plan.trace("90876153281", Side::Dialled).steps.iter().map(|step| step.rule).collect();
//! assert_eq!(rules, ["outside-line", "trunk-prefix", "lookup"]);
//! # Ok::<(), numbering::RulesError>(())
//! ```

mod class;
mod clean;
mod country;
mod dialling;
mod error;
mod extension;
mod hidden;
mod meaning;
mod numbered;
mod pattern;
mod plan;
mod rewrite;
mod rules;
mod short;
mod trace;
mod world;

pub use class::NumberClass;
pub use country::{Country, country_name};
pub use error::RulesError;
pub use numbered::{Numbered, Side};
pub use plan::Plan;
pub use rules::{Applies, ExtensionShape, Matching, Rewrite, SiteRules, SpecialNumber};
pub use trace::{Step, Trace};
