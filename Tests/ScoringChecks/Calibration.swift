func calibration() -> Bool { true }
