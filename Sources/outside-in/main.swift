import OutsideInCLI

OutsideIn.launch()
