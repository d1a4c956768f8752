#!/bin/bash
# Run by the Debian and RPM packages when they are installed. Names in braces are put in when a package is made.

# `hopscope` on the command line, as the desktop entry starts the app itself.
ln -sf '/opt/${sanitizedProductName}/resources/bin/${executable}' '/usr/bin/${executable}'

# Chromium's sandbox needs namespaces of users, or a helper that runs as root where the kernel gives none.
if { [[ -L /proc/self/ns/user ]] && unshare --user true; } 2>/dev/null; then
  chmod 0755 '/opt/${sanitizedProductName}/chrome-sandbox' || true
else
  chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox' || true
fi

if hash update-mime-database 2>/dev/null; then update-mime-database /usr/share/mime || true; fi
if hash update-desktop-database 2>/dev/null; then
  update-desktop-database /usr/share/applications || true
fi
if hash gtk-update-icon-cache 2>/dev/null; then
  gtk-update-icon-cache --quiet --force --ignore-theme-index /usr/share/icons/hicolor || true
fi

# AppArmor as in Ubuntu 24.04 lets nobody make namespaces who has no profile for it. Older ones do not read the profile,
# and do without.
if hash apparmor_status 2>/dev/null && apparmor_status --enabled >/dev/null 2>&1; then
  source='/opt/${sanitizedProductName}/resources/apparmor-profile'
  target='/etc/apparmor.d/${executable}'
  if apparmor_parser --skip-kernel-load --debug "$source" >/dev/null 2>&1; then
    cp -f "$source" "$target"
    if ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
      apparmor_parser --replace --write-cache --skip-read-cache "$target" || true
    fi
  fi
fi

exit 0
