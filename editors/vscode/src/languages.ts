// The languages whose files can hold a configuration. `cloudformation` and `template` are what extensions for CloudFormation
// call templates, `terraform` and `opentofu` what those of HashiCorp and OpenTofu call modules.
export const LANGUAGES = ["cloudformation", "json", "jsonc", "opentofu", "template", "terraform", "yaml"];
