using VulnDiag.Worker.Cli;

return await VulnDiagCommand.RunAsync(args, VerbConsole.OfProcess());
