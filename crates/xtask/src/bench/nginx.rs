//! The yardstick: nginx on loopback, answering 302 and writing its access log.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result};

use super::served;

/// Where Debian puts it; an ordinary user's path has no sbin.
const PROGRAMS: [&str; 2] = ["/usr/sbin/nginx", "nginx"];

pub struct Nginx {
    process: Child,
    pub port: u16,
}

impl Nginx {
    /// Starts it with its files in `folder`.
    pub fn start(folder: &Path) -> Result<Self> {
        let port = served::free_port()?;
        let home = folder.join("nginx");
        fs::create_dir_all(&home)?;
        let file = home.join("nginx.conf");
        fs::write(&file, configuration(&home, port))?;
        let program = PROGRAMS.iter().find(|path| Path::new(path).exists()).unwrap_or(&PROGRAMS[1]);
        let process = Command::new(program)
            .arg("-p")
            .arg(&home)
            .arg("-c")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("starting nginx; `scripts/setup.sh bench` installs it")?;
        let nginx = Self { process, port };
        served::wait_for_port(port)?;
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        served::terminate(&mut self.process);
    }
}

fn configuration(home: &Path, port: u16) -> String {
    let home = home.display();
    format!(
        "daemon off;
         worker_processes auto;
         pid {home}/pid;
         error_log {home}/error.log;
         events {{ worker_connections 1024; }}
         http {{
           access_log {home}/access.log combined;
           client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
           uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
           keepalive_requests 100000000;
           server {{
             listen 127.0.0.1:{port} reuseport;
             location / {{ return 302 https://shop.example/landing?click_id=$request_id; }}
           }}
         }}\n"
    )
}
