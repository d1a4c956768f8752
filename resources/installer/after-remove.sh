#!/bin/bash
# Run by the Debian and RPM packages when they are removed. After an update the new version is there, and all of this is its.
if [ -e '/opt/${sanitizedProductName}/${executable}' ]; then exit 0; fi

rm -f '/usr/bin/${executable}'

profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if hash apparmor_status 2>/dev/null && apparmor_status --enabled >/dev/null 2>&1; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi

if hash update-mime-database 2>/dev/null; then update-mime-database /usr/share/mime || true; fi
if hash update-desktop-database 2>/dev/null; then
  update-desktop-database /usr/share/applications || true
fi

exit 0
