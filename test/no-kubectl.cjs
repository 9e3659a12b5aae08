// Commands print the user's own kubectl, which a test does not know.
delete process.env.KUBECTL;
