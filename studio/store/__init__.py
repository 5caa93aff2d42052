"""Everything that is kept on this computer: the library, its clips, the settings, and which keyring there is."""
