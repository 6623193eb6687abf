//! Recognises people, countries, organisations and places in news.
//!
//! (skeleton)
