//! The maker of a device, by what its agent says of the model.
//!
//! Browsers that hide the model (an Android agent whose model is `K`) have no brand.

/// Beginnings of models, in lower case. The first that fits counts.
const MODELS: &[(&str, &str)] = &[
    ("sm-", "Samsung"),
    ("gt-", "Samsung"),
    ("samsung", "Samsung"),
    ("pixel", "Google"),
    ("nexus", "Google"),
    ("redmi", "Xiaomi"),
    ("poco", "Xiaomi"),
    ("mi ", "Xiaomi"),
    ("xiaomi", "Xiaomi"),
    ("m20", "Xiaomi"),
    ("huawei", "Huawei"),
    ("honor", "Honor"),
    ("oneplus", "OnePlus"),
    ("rmx", "realme"),
    ("realme", "realme"),
    ("cph", "OPPO"),
    ("oppo", "OPPO"),
    ("vivo", "vivo"),
    ("moto", "Motorola"),
    ("xt1", "Motorola"),
    ("xt2", "Motorola"),
    ("nokia", "Nokia"),
    ("ta-1", "Nokia"),
    ("lm-", "LG"),
    ("lg-", "LG"),
    ("sony", "Sony"),
    ("xq-", "Sony"),
    ("asus", "ASUS"),
    ("lenovo", "Lenovo"),
    ("tb-", "Lenovo"),
    ("tecno", "TECNO"),
    ("infinix", "Infinix"),
    ("itel", "itel"),
    ("zte", "ZTE"),
    ("htc", "HTC"),
    ("kf", "Amazon"),
];
/// Xiaomi numbers its models by date: `2201117TY`.
const DATED_MODEL_MIN: usize = 8;

pub fn brand(agent: &str) -> &'static str {
    if ["iPhone", "iPad", "iPod", "Macintosh"].iter().any(|mark| agent.contains(mark)) {
        return "Apple";
    }
    let Some(model) = android_model(agent) else { return "" };
    let dated = model.len() >= DATED_MODEL_MIN && model.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let starts = |start: &str| model.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    let known = MODELS.iter().find(|(start, _)| starts(start)).map(|(_, brand)| *brand);
    known.unwrap_or(if dated { "Xiaomi" } else { "" })
}

/// The last part of what stands in the first brackets, behind `Android …;`.
fn android_model(agent: &str) -> Option<&str> {
    let system = agent.split_once("Android")?.1;
    let inside = &system[..system.find(')').unwrap_or(system.len())];
    let parts = inside.split(';').skip(1).map(str::trim);
    let model = parts.filter(|part| *part != "wv" && !part.starts_with("rv:")).last()?;
    Some(model.split(" Build/").next().unwrap_or(model).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makers_are_known_by_their_models() {
        let check = |inside: &str, wanted: &str| {
            let agent = format!("Mozilla/5.0 ({inside}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0");
            assert_eq!(brand(&agent), wanted, "{inside}");
        };
        check("iPhone; CPU iPhone OS 17_5 like Mac OS X", "Apple");
        check("Macintosh; Intel Mac OS X 10_15_7", "Apple");
        check("Linux; Android 14; SM-S918B", "Samsung");
        check("Linux; Android 14; Pixel 8 Pro Build/UQ1A", "Google");
        check("Linux; Android 13; 2201117TY; wv", "Xiaomi");
        check("Linux; Android 12; Redmi Note 11", "Xiaomi");
        check("Linux; U; Android 9; pl-pl; CPH1931", "OPPO");
        check("Linux; Android 10; K", "");
        check("Android 14; Mobile; rv:132.0", "");
        check("Windows NT 10.0; Win64; x64", "");
        check("Android", "");
    }
}
