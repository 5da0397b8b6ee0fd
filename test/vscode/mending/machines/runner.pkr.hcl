packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "1.3.9"
    }
  }
}

source "amazon-ebs" "runner" {
  ami_name      = "runner-2026.11"
  instance_type = "t3.small"
  region        = "eu-central-1"
  source_ami    = "ami-0123456789abcdef0"
  ssh_username  = "build"
  ssh_password  = "kQ7vX2nR9sLw"
}

build {
  sources = ["source.amazon-ebs.runner"]
}
