//! Tables of offers.

pub mod enrollment;
pub mod goal;
pub mod landing;
pub mod offer;
