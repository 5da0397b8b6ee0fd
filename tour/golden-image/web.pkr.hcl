# A golden image that grew an application. Run Bakelint on this folder to see what it says.
packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = ">= 1.0.0"
    }
  }
}

variable "api_token" {
  type    = string
  default = "change-me-before-production"
}

source "amazon-ebs" "web" {
  ami_name      = "web-${formatdate("YYYYMMDDhhmmss", timestamp())}"
  instance_type = "t3.small"
  region        = "eu-central-1"
  ssh_username  = "ubuntu"

  source_ami_filter {
    filters = {
      name                = "ubuntu/images/hvm-ssd/ubuntu-bionic-18.04-amd64-server-*"
      virtualization-type = "hvm"
    }
    owners      = ["099720109477"]
    most_recent = true
  }
}

build {
  sources = ["source.amazon-ebs.web"]

  provisioner "file" {
    source      = "dist/app.tar.gz"
    destination = "/opt/app.tar.gz"
  }

  provisioner "shell" {
    inline = [
      "sudo apt-get update",
      "sudo apt-get install -y nodejs",
      "cd /opt && tar xzf app.tar.gz && npm ci",
    ]
  }
}
