"""The archive kept whole: its database brought up to date, made again and compared; its records verified, merged,
copied and released."""
